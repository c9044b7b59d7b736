import { createInterface } from 'node:readline/promises'

/** Asks at the terminal; the question goes to standard error, so that what a command prints can be kept. */
export async function askPin(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}
