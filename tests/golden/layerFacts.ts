/** What a layer makes of the shipped rule set, in the notation of `ruleFacts.yaml` and against `layerFacts.yaml`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { applyLayer } from '../../rules/ruleset/applyLayer.js';
import type { Layer } from '../../rules/ruleset/layerSchema.js';
import { factsOf, readFacts, type Facts } from './facts.js';
import { shippedRuleSet } from './goldens.js';

const factsSchema = z.record(z.string(), z.unknown());
const durationsSchema = z.array(z.string()).default([]);

const written = z
  .record(z.string(), factsSchema)
  .parse(parse(readFileSync(join(import.meta.dirname, 'layerFacts.yaml'), 'utf8')));

export const layersWithFacts = (): string[] => Object.keys(written);

export function factsWith(layer: Layer): Facts {
  const { level, over: ruleSet } = layer;
  return { ...factsOf(applyLayer({ ...shippedRuleSet, origins: {} }, layer)), level, over: ruleSet };
}

const isFacts = (value: unknown): value is Facts => factsSchema.safeParse(value).success;

/** The facts with those of a layer over them; `null` takes one out, and the row of a rule is for people. */
function over(facts: Facts, changes: Facts): Facts {
  const merged = { ...facts };
  for (const [key, value] of Object.entries(changes)) {
    const old = facts[key];
    merged[key] = isFacts(value) ? over(isFacts(old) ? old : {}, value) : value;
  }
  return Object.fromEntries(Object.entries(merged).filter(([key, value]) => value !== null && key !== 'row'));
}

const betweenOf = (duration: string): string => duration.split(' ').slice(0, 3).join(' ');

/** One between the same two days takes the place of the other. */
function durationsOver(old: readonly string[], changes: readonly string[]): string[] {
  const replaced = new Set(changes.map(betweenOf));
  return [...old.filter((each) => !replaced.has(betweenOf(each))), ...changes].toSorted();
}

/** What the rule set with a layer over it must say. */
export function readFactsWith(id: string): Facts {
  const { usualDurations, ...changes } = written[id] ?? {};
  const facts = readFacts();
  const [old, own] = [durationsSchema.parse(facts['usualDurations']), durationsSchema.parse(usualDurations)];
  return { ...over(facts, changes), usualDurations: durationsOver(old, own) };
}
