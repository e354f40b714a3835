import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodecKeysError, readCodecKeys } from '../../../config/temporal/codecKeys.js';
import { dataConverter } from '../../../config/temporal/dataConverter.js';

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'codec-keys-')), 'keys.json');
  writeFileSync(file, text);
  return file;
};
const key = Buffer.alloc(32, 7).toString('base64');

const complaintAbout = (file: string): string => {
  try {
    readCodecKeys(file);
  } catch (error) {
    if (error instanceof CodecKeysError) return error.message;
  }
  throw new Error('a complaint was expected');
};

describe('the file of codec keys', () => {
  it('gives the current key and every earlier one', () => {
    const keys = readCodecKeys(fileWith(JSON.stringify({ current: 'b', keys: { a: key, b: key } })));
    expect(keys.current).toBe('b');
    expect([...keys.keys.keys()]).toEqual(['a', 'b']);
    expect(keys.keys.get('a')).toEqual(Buffer.alloc(32, 7));
  });

  it('names every wrong field, and no key', () => {
    const short = Buffer.alloc(16, 1).toString('base64');
    const file = fileWith(JSON.stringify({ current: 'b', keys: { a: short, c: '*' }, extra: 1 }));
    expect(() => readCodecKeys(file)).toThrow(CodecKeysError);
    expect(() => readCodecKeys(file)).toThrow(/keys\.a: must be 32 bytes[\s\S]*keys\.c: must be base64/);
    expect(complaintAbout(file)).not.toContain(short);
  });

  it('refuses a current key that is not there', () => {
    const file = fileWith(JSON.stringify({ current: 'b', keys: { a: key } }));
    expect(() => readCodecKeys(file)).toThrow(/current: names a key that is not under "keys"/);
  });

  it('does not quote a file that is not JSON, since it holds keys', () => {
    const file = fileWith(`{"current": ${key}`);
    expect(complaintAbout(file)).toContain('it is not JSON');
    expect(complaintAbout(file)).not.toContain(key);
  });

  it('says which setting to check when the file is missing', () => {
    expect(() => readCodecKeys('/nowhere/keys.json')).toThrow(/LEADTIME_CODEC_KEYS_FILE/);
  });
});

describe('the data converter', () => {
  it('encrypts where there are keys', () => {
    const codecKeysFile = fileWith(JSON.stringify({ current: 'a', keys: { a: key } }));
    expect(dataConverter({ codecKeysFile, production: true }).payloadCodecs).toHaveLength(1);
  });

  it('is plain in development without keys, and refused in production', () => {
    expect(dataConverter({ production: false })).toEqual({});
    expect(() => dataConverter({ production: true })).toThrow(/set LEADTIME_CODEC_KEYS_FILE/);
  });
});
