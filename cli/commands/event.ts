import { Option, type Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface EventOptions extends JsonOption {
  product?: string;
  date?: string;
  extract?: string;
  loadedOn?: string;
  by: string;
}

/** `leadtime event ID SUPPLIER TYPE`: record what a supplier said by telephone or letter, as its webhook would. */
export function eventCommand(): Command {
  return apiCommand('event', 'record what a supplier said by telephone or letter')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<supplier>', 'the party whose word it is, by its id in the order')
    .argument('<type>', 'form.sent, form.received, extract.scheduled, extract.delivered, extract.received, …')
    .option('--product <id>', 'the product, where the supplier has several here')
    .option('--date <day>', 'the production day that it is for, YYYY-MM-DD')
    .addOption(
      new Option('--extract <which>', 'which of the two, where the date does not tell').choices(['initial', 'final']),
    )
    .option(
      '--loaded-on <day>',
      'extract.loaded: the day on which the data were loaded, YYYY-MM-DD; today unless given',
    )
    .option('--by <name>', 'who recorded it', currentUser())
    .action((id: string, supplier: string, type: string, options: EventOptions) => event(id, supplier, type, options));
}

async function event(id: string, supplierId: string, type: string, options: EventOptions): Promise<void> {
  const { product, date, extract, loadedOn, by } = options;
  const named = given({ extract, loadedOn });
  const data = Object.keys(named).length === 0 ? undefined : named;
  await askApi(options, async (api) => {
    const body = { supplierId, type, by, ...given({ product, date, data }) };
    const answer = await api.post(`/migrations/${step(id)}/events`, body);
    const { eventView } = await import('../views.js');
    const { milestoneId, effect, message } = eventView.parse(answer);
    return { answer, text: `${milestoneId}: ${effect}. ${message}` };
  });
}
