import * as z from 'zod';

/** How many wrong members of one list or record are looked for; a million of them would take minutes to tell. */
const MOST_PROBLEMS = 3;

/**
 * Returns the schema of a list that is not looked at beyond its first few wrong elements.
 *
 * @param atMost how many elements it may have
 */
export function listOf<Element extends z.ZodType>(
  element: Element,
  { atLeast = 0, atMost = Number.POSITIVE_INFINITY }: { readonly atLeast?: number; readonly atMost?: number } = {},
) {
  return z.custom<z.output<Element>[]>().superRefine((list: unknown, context) => {
    if (!Array.isArray(list)) context.addIssue('expected a list');
    else if (list.length < atLeast) context.addIssue(`expected ${atLeast} or more elements, found ${list.length}`);
    else if (list.length > atMost) context.addIssue(`expected at most ${atMost} elements, found ${list.length}`);
    else checkMembers(list.entries(), element, context);
  });
}

/** Returns the schema of a list of strings, which passes all at once: a schema takes long for the words of a vocabulary. */
export function listOfTexts() {
  const schema = listOf(z.string());
  return z.custom<string[]>().superRefine((list: unknown, context) => {
    if (Array.isArray(list) && list.every((member) => typeof member === 'string')) return;
    for (const { message, path } of schema.safeParse(list).error?.issues ?? [])
      context.addIssue({ code: 'custom', message, path: [...path] });
  });
}

/** Returns the schema of an object of any keys that is not looked at beyond its first few wrong values. */
export function recordOf<Value extends z.ZodType>(value: Value) {
  return z.custom<Record<string, z.output<Value>>>().superRefine((record: unknown, context) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) context.addIssue('expected an object');
    else checkMembers(Object.entries(record), value, context);
  });
}

function checkMembers(
  members: Iterable<readonly [key: string | number, member: unknown]>,
  schema: z.ZodType,
  context: z.RefinementCtx,
): void {
  let problems = 0;
  for (const [key, member] of members) {
    const { error } = schema.safeParse(member);
    if (!error) continue;
    for (const { message, path } of error.issues.slice(0, MOST_PROBLEMS))
      context.addIssue({ code: 'custom', message, path: [key, ...path] });
    if (++problems === MOST_PROBLEMS) return;
  }
}

/** Describes the first few problems that a schema found. */
export function describeProblems({ issues }: z.ZodError): string {
  const more = issues.length > MOST_PROBLEMS ? '\nand more' : '';
  return `${z.prettifyError(new z.ZodError(issues.slice(0, MOST_PROBLEMS)))}${more}`;
}
