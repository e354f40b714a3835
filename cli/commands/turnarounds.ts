import type { Command } from 'commander';
import { apiCommand, askApi, type JsonOption } from '../apiCommand.js';

const AFTER = `
Only what real migrations have seen counts, hop by hop. Nothing is changed by it: what you agree with goes into a layer of the
supplier's, for which the lines are printed where you name one. docs/portfolio.md says how it is counted.`;

/** `leadtime turnarounds [SUPPLIER]`: what suppliers have taken, beside what the rules assume. */
export function turnaroundsCommand(): Command {
  return apiCommand('turnarounds', 'how long steps of extracts have taken, beside what the rules assume')
    .argument('[supplier]', 'only this supplier, with lines for its layer of rules')
    .addHelpText('after', AFTER)
    .action((supplier: string | undefined, options: JsonOption) => turnarounds(supplier, options));
}

async function turnarounds(supplier: string | undefined, options: JsonOption): Promise<void> {
  const wanted = new URLSearchParams(supplier === undefined ? {} : { supplierId: supplier });
  await askApi(options, async (api) => {
    const answer = await api.get(`/turnarounds?${wanted.toString()}`);
    const { turnaroundsText } = await import('../turnaroundsText.js');
    return { answer, text: turnaroundsText(answer, supplier !== undefined) };
  });
}
