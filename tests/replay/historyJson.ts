/**
 * Histories as the JSON that Temporal's own tools write and read.
 *
 * The SDK's functions for it refuse every history when npm has given `@temporalio/proto` and `@temporalio/common` a copy of
 * protobufjs each. So the conversion is taken from the copy that made the types.
 */
import { createRequire } from 'node:module';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

interface HistoryType {
  fromObject: (history: History) => object;
}
interface ReflectedRoot {
  lookupType: (name: string) => HistoryType;
}
interface ProtoJson {
  toJson: (type: HistoryType, message: object) => { events: object[] };
  fromJson: (type: HistoryType, json: unknown, options: { ignoreUnknownFields: boolean }) => History;
}
interface Patch {
  patchProtobufRoot: (root: object) => ReflectedRoot;
}

const here = createRequire(import.meta.url);
const besideProto = createRequire(here.resolve('@temporalio/proto'));
// What `require` gives has no type, and neither has the reflected root that the SDK makes of its generated code.
const { toJson, fromJson } = besideProto('protobufjs/ext/protojson') as ProtoJson;
const { patchProtobufRoot } = here('@temporalio/proto/lib/patch-protobuf-root') as Patch;
const historyType = patchProtobufRoot(here('@temporalio/proto') as object).lookupType(
  'temporal.api.history.v1.History',
);

/** The text of a file: one event a line, so that a history can be read and searched. */
export function historyToText(history: History): string {
  const { events } = toJson(historyType, historyType.fromObject(history));
  return `{"events":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}

/** @param text as `historyToText` or `temporal workflow show --output json` writes it */
export function historyOfText(text: string): History {
  return fromJson(historyType, JSON.parse(text), { ignoreUnknownFields: true });
}
