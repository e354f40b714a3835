import { describe, expect, it } from 'vitest';
import { blackoutConflicts } from '../../../rules/migration/blackoutConflicts.js';
import { migrationRow } from '../../../rules/migration/registerRows.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const flu = { from: '2027-01-28', to: '2027-01-29', reason: 'flu clinics' };

describe('days of a migration that lie in a blackout', () => {
  it('are none where no day does', () => {
    const state = startedExample(exampleOrder('plain'));
    expect(blackoutConflicts(state.plan)).toEqual([]);
    expect(migrationRow(state, 'w')).not.toHaveProperty('blackoutConflicts');
  });

  it('are named with the blackout, and with who is away, in the migration’s row', () => {
    const closures = [{ holder: 'rowan', from: '2027-02-01', to: '2027-02-02', reason: 'stocktaking' }];
    const state = startedExample(exampleOrder('plain', { blackouts: [flu], closures }));
    const found = [
      { anchor: 'finalDataProduction', on: '2027-01-28', ...flu, source: 'the order' },
      {
        anchor: 'goLive',
        on: '2027-02-02',
        from: '2027-02-01',
        to: '2027-02-02',
        reason: 'stocktaking',
        source: 'closures of the order',
        holder: 'rowan',
      },
    ];
    expect(blackoutConflicts(state.plan)).toEqual(found);
    expect(migrationRow(state, 'w').blackoutConflicts).toEqual(found);
  });
});
