import type { Problem } from '../plan/types.js';
import { error } from './problem.js';
import type { Order } from './schema.js';

/** The practice itself and the one that asks are on the instance, each practice once; and it is the CSU that asks for all. */
export function checkSharedInstance({ sharedInstance, practice, decisions }: Order): Problem[] {
  if (sharedInstance === undefined) return [];
  const { practices, requestsBy } = sharedInstance;
  const codes = practices.map(({ odsCode }) => odsCode);
  const wrong = (path: (string | number)[], message: string): Problem =>
    error('shared-instance', ['sharedInstance', ...path], message);
  const twice = codes.flatMap((code, index) =>
    codes.indexOf(code) < index ? [wrong(['practices', index, 'odsCode'], `${code} is there twice; list it once`)] : [],
  );
  const own = codes.includes(practice.odsCode)
    ? []
    : [wrong(['practices'], `${practice.odsCode}, the practice of this order, is not among them; add it`)];
  const lead = codes.includes(requestsBy)
    ? []
    : [wrong(['requestsBy'], `${requestsBy} is not among the practices; name one of ${codes.join(', ')}`)];
  const asks =
    decisions.extractRequestSentBy === 'practice'
      ? [
          error(
            'shared-instance',
            ['decisions', 'extractRequestSentBy'],
            'a request for several practices is sent by the CSU; say csu, or take sharedInstance out',
          ),
        ]
      : [];
  return [...twice, ...own, ...lead, ...asks];
}
