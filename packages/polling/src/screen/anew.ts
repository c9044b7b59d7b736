/** Whether a program can take the place of itself here: not on Windows. */
export const canBeginAnew = process.platform !== 'win32' && process.execve !== undefined

/**
 * Runs the program once more in this very process, with its arguments and then `more`, of which the last of a name counts. Process
 * number and terminal stay; of the memory nothing does. As after a power cut, what is not on a medium is gone. Does not return.
 */
export function beginAnew(more: readonly string[]): never {
  try {
    process.execve!(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1), ...more])
  } catch (error) {
    console.error(error)
  }
  // Its servers have ended: people start it again and find everything.
  process.exit(1)
}
