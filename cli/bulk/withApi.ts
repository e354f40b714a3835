import { print, type JsonOption } from '../apiCommand.js';
import { ApiRefusal, connectApi, type ApiClient } from '../client.js';

/** Works with the API; with `--json` what it refuses is printed as the problem that it is. */
export async function withApi(options: JsonOption, work: (api: ApiClient) => Promise<void>): Promise<void> {
  try {
    await work(await connectApi());
  } catch (error) {
    if (error instanceof ApiRefusal && options.json) print({ answer: error.body, text: '' }, options);
    throw error;
  }
}
