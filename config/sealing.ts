/** What people wrote, as it is kept where others may look: encrypted with the keys of workflow data, plain in development without. */
import { defaultPayloadConverter, type DataConverter } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: payloadMessage } = proto.temporal.api.common.v1;

export interface Sealing {
  /** @param value anything that JSON can write */
  seal(value: unknown): Promise<string>;
  /** @throws PayloadDecryptionError where the key is missing, or the text was changed */
  open(text: string): Promise<unknown>;
}

/** With the codecs of a data converter, so that keys are turned over in one place. */
export function createSealing({ payloadCodecs = [] }: DataConverter): Sealing {
  return {
    seal: async (value) => {
      let payloads = [defaultPayloadConverter.toPayload(value)];
      for (const codec of payloadCodecs.toReversed()) payloads = await codec.encode(payloads);
      return Buffer.from(payloadMessage.encode(payloads[0] ?? {}).finish()).toString('base64');
    },
    open: async (text) => {
      let payloads = [payloadMessage.decode(Buffer.from(text, 'base64'))];
      for (const codec of payloadCodecs)
        payloads = (await codec.decode(payloads)).map((each) => payloadMessage.create(each));
      const [payload] = payloads;
      return payload && defaultPayloadConverter.fromPayload(payload);
    },
  };
}
