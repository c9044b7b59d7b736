/** Whether a request brings a file that its route streams to the disk under a limit of its own. */
export const isStreamed = (method: string, path: string): boolean =>
  method === 'PUT' && /^\/voting\/intake\/records\/[0-9a-f]{64}$/.test(path)
