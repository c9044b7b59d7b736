/**
 * What a package may cost whoever reads it. A stranger's package is read before anybody knows the stranger, so each
 * limit is checked before the work that it limits. The largest of our own packages uses less than a tenth of each.
 */
export const limits = {
  /** Bytes of a `.melayani` file. */
  archive: 1_000_000,
  /** Bytes of all its files together, unpacked. */
  unpacked: 3_000_000,
  /** How many times larger a file may become when it is unpacked. Text of our own packages: 3 to 8. */
  ratio: 60,
  /** Files in a package. */
  files: 400,
  /** Bytes of one file. */
  file: 300_000,
  /** Characters of a path inside the package. */
  path: 100,
  /** Lists within lists within records … of one document. */
  depth: 16,
  /** Values in one document. */
  values: 20_000,
  /** Characters of one text. */
  text: 4_000,
  /** Characters of one FEEL expression. */
  expression: 600,
  /** Levels of one expression's tree. */
  expressionDepth: 24,
  /**
   * The most steps that one evaluation may take: parts of the expression, times `listLength` for every list that it
   * walks. There is no other loop and no recursion, so time is bounded by it (about 2 µs a step).
   */
  expressionCost: 60_000,
  /** Expressions that the examples of a package may evaluate together (about 0.1 ms each). */
  rehearsal: 300_000,
  /** Entries of a repeated group, and choices of a question. */
  listLength: 200,
  /** Sub-cases that one move may open, those that these open at once included. */
  subCases: 12,
  /** Characters of a regular expression of a text field. */
  pattern: 120,
  /** Characters of an SMS of plain letters, and of one with any other sign. */
  sms: 160,
  smsOtherScript: 70,
} as const
