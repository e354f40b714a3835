import { z } from 'zod';

const itemSchema = z.looseObject({
  pointer: z.string().optional(),
  header: z.string().optional(),
  detail: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
  field: z.string().optional(),
  what: z.string().optional(),
  fix: z.string().optional(),
});

const problemSchema = z.looseObject({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(itemSchema).optional(),
});

type ProblemItem = z.infer<typeof itemSchema>;

const placeOf = ({ file, line, field, pointer, header }: ProblemItem): string => {
  const spot = [file, line].filter((part) => part !== undefined).join(':');
  return [spot, field ?? pointer?.slice(1).replaceAll('/', '.') ?? header ?? '']
    .filter((part) => part !== '')
    .join(': ');
};

/** One problem on one line: `order.yaml:12: practice.name: is missing. Give the practice's name.` */
export function problemLine(item: ProblemItem): string {
  const what = [item.what ?? item.detail, item.fix].filter((part) => part !== undefined && part !== '').join('; ');
  const place = placeOf(item);
  return place === '' ? what : `${place}: ${what}`;
}

/** An answer of the API that says no, for a person: what it is, and each fault on a line of its own. */
export function problemText(body: unknown, status: number): string {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return `the API answered ${status}`;
  const { title, detail, errors = [] } = parsed.data;
  const heading = detail === undefined || detail === '' ? title : `${title}. ${detail}`;
  return [heading, ...errors.map((item) => `  ${problemLine(item)}`)].join('\n');
}
