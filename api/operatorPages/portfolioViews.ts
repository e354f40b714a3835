/** Views of the portfolio: filters that have a name. A view is an address, so that a bookmark keeps it and a colleague can be sent it. */

interface View {
  title: string;
  filters: Readonly<Record<string, string>>;
}

/** In the order of a morning. @param name of who looks */
const viewsOf = (name: string): View[] => [
  { title: 'Everything that runs', filters: {} },
  { title: 'Mine', filters: { owner: name } },
  { title: 'Red', filters: { rating: 'red' } },
  { title: 'Overdue', filters: { overdue: 'true' } },
  { title: 'Mine and overdue', filters: { owner: name, overdue: 'true' } },
  { title: 'Delayed by practices', filters: { delayHolder: 'practice' } },
  { title: 'Delayed by us', filters: { delayHolder: 'csu' } },
  { title: 'In cut-over', filters: { phase: 'cutOver' } },
  { title: 'On hold', filters: { rating: 'onHold' } },
];

const sameAs = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, value]) => other[name] === value);

const RUNNING = { status: 'running' };

export interface ViewLink {
  title: string;
  href: string;
  isHere: boolean;
}

/** @param filters that are in use, with the status */
export const viewLinks = (name: string, filters: Readonly<Record<string, string>>): ViewLink[] =>
  viewsOf(name).map((view) => {
    const query = new URLSearchParams({ ...view.filters }).toString();
    return {
      title: view.title,
      href: query === '' ? '/operator' : `/operator?${query}`,
      isHere: sameAs({ ...RUNNING, ...view.filters }, filters),
    };
  });
