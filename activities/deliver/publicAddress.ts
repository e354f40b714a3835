/** Which addresses are on the public internet, so that nobody can have us post into a private network. */
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIPv6, isIP, type LookupFunction } from 'node:net';

export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('the address is in a private network');
  }
}

/** IANA's special-purpose registries: what is not globally reachable, multicast, and what can carry an IPv4 address inside. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** IPv4 addresses inside IPv6 ones (::ffff:0:0/96) are judged by the list above. */
const SPECIAL_IPV6 = [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const;

function blockList(): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of SPECIAL_IPV4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of SPECIAL_IPV6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

const special = blockList();

/** @param host an address, an IPv6 one perhaps in brackets as in a URL; a name is not judged, and is not private */
export function isPrivateAddress(host: string): boolean {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) !== 0 && special.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Looks a name up for the connection that is about to be made, so that what was judged is what is connected to: a name server
 * that answers differently the second time gains nothing.
 */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) done(error, '', 0);
    else answerPublic(addresses, options.all === true, done);
  });
};

/** One private address among them is enough to refuse the name. */
function answerPublic(addresses: LookupAddress[], all: boolean, done: Parameters<LookupFunction>[2]): void {
  const [first] = addresses;
  const isPrivate = addresses.some(({ address }) => isPrivateAddress(address));
  if (isPrivate || first === undefined) done(new PrivateAddressError(), '', 0);
  else if (all) done(null, addresses);
  else done(null, first.address, first.family);
}
