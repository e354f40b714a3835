import type { Check } from '../../api/doctor/systemChecks.js';
import { print, type JsonOption } from '../apiCommand.js';
import { ApiRefusal, connectApi, type ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure } from '../failure.js';
import { harmless } from '../table.js';
import { checksHere } from './here.js';
import { partsView } from './views.js';

/** The API's answer is on its way for a moment. */
const CLOCKS_APART_AT_MOST_MS = 60_000;

const wrongApi = (what: string, fix: string): Check => ({ part: 'API', ok: false, what, fix });

const START =
  'Start leadtime with "npm start", or "leadtime api"; LEADTIME_API_URL says where it is when it runs elsewhere.';

interface Asked {
  api: Check;
  /** What the API says of the parts that it uses; absent where it could not be asked. */
  checks?: Check[];
}

function ofClocks(nowMs: number): Check {
  const apartMs = Math.abs(Date.now() - nowMs);
  if (apartMs <= CLOCKS_APART_AT_MOST_MS) return { part: 'API', ok: true, what: 'answers, and takes the token' };
  const seconds = Math.round(apartMs / 1_000);
  return wrongApi(`its clock and this machine’s are ${seconds} seconds apart`, 'Have both set by the network (NTP).');
}

async function askedOf(api: ApiClient): Promise<Asked> {
  const { nowMs, checks } = partsView.parse(await api.get('/doctor'));
  const asked = checks.map(({ part, ok, what, fix }) => ({ part, ok, what, ...(fix !== undefined && { fix }) }));
  return { api: ofClocks(nowMs), checks: asked };
}

async function ask(): Promise<Asked> {
  try {
    return await askedOf(await connectApi());
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    const fix = error instanceof ApiRefusal ? 'Look at LEADTIME_API_TOKEN_FILE and at the log of the API.' : START;
    return { api: wrongApi(error.message, fix) };
  }
}

function linesOf({ part, ok, what, fix }: Check): string[] {
  const line = `${ok ? 'ok    ' : 'FAILED'} ${part.padEnd(16)}${what}`;
  return fix === undefined ? [line] : [line, `       ${''.padEnd(16)}${fix}`];
}

/** Looks at every part: through the API, and with this process's own settings where that cannot be asked. */
export async function doctorOfParts(options: JsonOption): Promise<void> {
  const { api, checks } = await ask();
  const all = [api, ...(checks ?? (await checksHere()))];
  const ok = all.every((check) => check.ok);
  if (!ok) process.exitCode = ANSWER_IS_NO;
  print({ answer: { ok, checks: all }, text: all.flatMap(linesOf).map(harmless).join('\n') }, options);
}
