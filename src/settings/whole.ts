import * as z from 'zod';

/** Makes the schema of whole numbers from a minimum on, up to a maximum if there is one. */
export function whole(minimum: number, maximum = Number.MAX_SAFE_INTEGER): z.ZodInt {
  return z.int().min(minimum).max(maximum);
}
