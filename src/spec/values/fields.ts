import * as z from 'zod';

/** Text of one form; `expected` completes "expected …". */
export function text(expected: string, pattern = /\S/) {
  return z.string({ error: `expected ${expected}` }).regex(pattern, `expected ${expected}`);
}

/** A whole number from `low` to `high`, with its unit in words where the key does not carry it. */
export function wholeNumber(low: number, high: number, unit = '') {
  const expected = `expected a whole number${unit && ` of ${unit}`} from ${low} to ${high}`;
  return z.int(expected).min(low, expected).max(high, expected);
}

/** A number from `low` to `high`, fractions allowed. */
export function number(low: number, high: number) {
  const expected = `expected a number from ${low} to ${high}`;
  return z.number(expected).min(low, expected).max(high, expected);
}

/** One word of a list. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: `expected ${words.map((word) => `"${word}"`).join(' or ')}` });
}

/** One number of a list, such as the retention periods that CloudWatch Logs knows. */
export function oneNumberOf<const Numbers extends readonly [number, ...number[]]>(...numbers: Numbers) {
  return z.literal(numbers, { error: `expected one of ${numbers.join(', ')}` });
}

/** true or false, with its default in the schema that uses it. */
export function flag() {
  return z.boolean({ error: 'expected true or false' });
}

/** What things are called within a file: it becomes part of Terraform addresses and of AWS names. */
export const name = text(
  'a name of small letters, digits and dashes that starts with a letter, at most 40 characters',
  /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
);

/** The exact name in AWS, for what a document or an older system prescribes. */
export function awsName(what: string, pattern: RegExp, inWords: string) {
  return text(`a name that AWS allows for ${what} (${inWords})`, pattern);
}

/** What a security group that only listens may dial, for sections of things that never do. */
export const outbound = oneOf('none', 'icmp')
  .default('none')
  .describe(
    'What its security group lets out: nothing, or the one ICMP rule to nowhere that CloudFormation templates write for it.',
  );

export const cidr = text(
  'an IPv4 range such as "10.0.0.0/16"',
  /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/,
);

export const domainName = text(
  'a domain name in small letters such as "example.com"',
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
);

export const email = text('an email address such as "team@example.com"', /^[^\s@]+@[^\s@]+\.[a-z]{2,63}$/);

export const accountId = text('an AWS account id, 12 digits in quotes, such as "123456789012"', /^\d{12}$/);

const envVariable = z.strictObject({
  name: text(
    'a variable name of letters, digits and underscores that begins with no digit, such as "LOG_LEVEL"',
    /^[A-Za-z_][A-Za-z0-9_]*$/,
  ),
  value: text('text (numbers and true in quotes, because containers only see text)', /[\s\S]*/),
});

/** Environment variables as the dialect writes them: a list of `name` and `value`. */
export const envVariables = z
  .array(envVariable, { error: 'expected a list of name and value' })
  .default([])
  .check(uniqueBy('name', 'variable'));

/** Tags and other maps whose keys the user invents. */
export function textMap(expected: string) {
  return z.record(z.string(), text('text (numbers and true in quotes)', /[\s\S]*/), { error: `expected ${expected}` });
}

/** A list of things that each have a name of their own, which is how overlays, `uses` and addresses refer to them. */
export function namedList<Item extends z.ZodType<{ readonly name: string }>>(item: Item, what: string) {
  return z
    .array(item, { error: `expected a list of ${what}s, each with its "- name:"` })
    .default([])
    .check(uniqueBy('name', what));
}

/** A list of texts, each once; those that differ in punctuation alone would have one Terraform address. */
export function textList<Item extends z.ZodType<string, string>>(item: Item, what: string, expected: string) {
  return z.array(item, { error: `expected ${expected}` }).check(({ value, issues }) => {
    const seen = new Map<string, string>();
    value.forEach((text: string, index: number) => {
      const earlier = seen.get(text.replace(/[^A-Za-z0-9]/g, '_'));
      if (earlier !== undefined) {
        issues.push({
          code: 'custom',
          path: [index],
          input: text,
          message: `expected ${what} that is not in the list yet`,
          params:
            earlier === text
              ? {}
              : { advice: `"${earlier}" differs in punctuation alone, and Terraform addresses have none` },
        });
      }
      seen.set(text.replace(/[^A-Za-z0-9]/g, '_'), text);
    });
  });
}

/** Keys that every item of a named list has. */
export const listed = {
  name: name.describe(
    'What this file calls it: used by `uses`, in Terraform addresses and, unless pinned, in AWS names.',
  ),
  enabled: flag().default(true).describe('`false` removes it from this environment.'),
  added: flag().optional().describe('Write `true` in an environment file for something that base.yaml does not have.'),
};

/** Keys of a listed thing that is a resource of its own, which Terraform can move. */
export const movable = {
  ...listed,
  was: name
    .optional()
    .describe('Its earlier name in this file: Terraform then moves what exists instead of replacing it.'),
};

function uniqueBy<Key extends string>(key: Key, what: string) {
  return ({ value, issues }: z.core.ParsePayload<readonly { readonly [K in Key]: string }[]>) => {
    const seen = new Set<string>();
    value.forEach((item, index) => {
      const identity = item[key].replace(/[^A-Za-z0-9]/g, '_');
      if (seen.has(identity)) {
        issues.push({
          code: 'custom',
          path: [index, key],
          input: item[key],
          message: `expected a ${what} name that is not taken`,
          params: { advice: 'each name may stand in the list once' },
        });
      }
      seen.add(identity);
    });
  };
}
