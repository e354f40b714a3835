/** Where the pages before and after this one are (RFC 8288). */

export interface PagePlace {
  offset: number;
  /** How many are on this page. */
  count: number;
  limit: number;
  total: number;
}

function at(url: string, offset: number): string {
  const [path = '', query] = url.split('?');
  const wanted = new URLSearchParams(query);
  wanted.set('offset', String(offset));
  return `<${path}?${wanted.toString()}>`;
}

/**
 * The Link header of a page; none where all is on it.
 *
 * @param url of the request, with its query
 */
export function pageLinks(url: string, { offset, count, limit, total }: PagePlace): Record<string, string> {
  const next = offset + count < total && count > 0 ? [`${at(url, offset + count)}; rel="next"`] : [];
  const before = offset > 0 ? [`${at(url, Math.max(0, offset - limit))}; rel="prev"`] : [];
  const links = [...next, ...before];
  return links.length > 0 ? { link: links.join(', ') } : {};
}
