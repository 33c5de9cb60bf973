/** The codebook as it is edited, and as it goes to and fro. */
import { z } from 'zod';
import { localText } from './sites.ts';

const words = localText.refine((text) => Object.values(text).every((one) => one.length <= 5000), 'too long');

/** A code without its id and its place. */
export const codeBody = z.object({
  parent: z.string().max(200).nullable(),
  /** In one language at least. */
  name: words.refine((text) => Object.values(text).some((one) => one.trim() !== ''), 'no name'),
  definition: words,
  inclusion: words,
  exclusion: words,
  example: words,
  /** `#RRGGBB` */
  colour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable(),
  /** Whether passages may have it, or it only groups others. */
  codable: z.boolean(),
});

export const codeReply = codeBody.extend({ id: z.string() });

export const codesImported = z.object({
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  /** What could not be taken, sentence by sentence. */
  notes: z.array(z.string()),
});

export type CodeBody = z.infer<typeof codeBody>;
export type CodeReply = z.infer<typeof codeReply>;
export type CodesImported = z.infer<typeof codesImported>;
