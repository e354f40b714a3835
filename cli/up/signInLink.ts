import { currentUser } from '../apiCommand.js';
import { connectApi } from '../client.js';
import { CommandFailure } from '../failure.js';
import { signInLinkView } from '../views.js';

/** A link that signs whoever starts the system in, once; undefined where people sign in at a provider, or it cannot be made now. */
export async function makeSignInLink(dataDir: string): Promise<string | undefined> {
  const name = currentUser();
  try {
    const api = await connectApi({ LEADTIME_DATA_DIR: dataDir });
    return signInLinkView.parse(await api.post('/sign-in-links', { name, role: 'admin', by: name })).url;
  } catch (error) {
    if (error instanceof CommandFailure) return undefined;
    throw error;
  }
}
