import { connect, createServer, type Socket } from 'node:net'

export type Way = 'up' | 'down'

/**
 * A cable with somebody on it: keeps every byte between whoever dials `address` and the hub or desk at `target`, and may change them.
 * "up" is towards the target.
 */
export async function openCable(target: string) {
  const [host, port] = target.split(':') as [string, string]
  const heard: Record<Way, Buffer[]> = { up: [], down: [] }
  const sockets = new Set<Socket>()
  let change = (_: Way, bytes: Buffer): Buffer => bytes
  const server = createServer((near) => {
    const far = connect(Number(port), host)
    for (const [from, to, way] of [
      [near, far, 'up'],
      [far, near, 'down'],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        const passed = change(way, Buffer.from(bytes))
        heard[way].push(passed)
        to.write(passed)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port: own } = server.address() as { port: number }
  return {
    address: `127.0.0.1:${own}`,
    /** All that went by, in both directions. */
    bytes: () => Buffer.concat([...heard.up, ...heard.down]),
    /** How many bytes went each way since this was asked last. */
    lengths(): Record<Way, number> {
      const sizes = { up: Buffer.concat(heard.up).length, down: Buffer.concat(heard.down).length }
      heard.up = []
      heard.down = []
      return sizes
    },
    changing(next: typeof change) {
      change = next
    },
    close() {
      for (const each of sockets) each.destroy()
      return new Promise<void>((done) => server.close(() => done()))
    },
  }
}
