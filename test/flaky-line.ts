import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A line that breaks: it passes bytes on to 127.0.0.1:`port`, and cuts each connection after so many bytes up or down as
 * `cut` says (Infinity: never). Whatever was under way is lost, in the middle of a word if need be.
 */
export async function aFlakyLine(
  port: number,
  cut: () => { up: number; down: number },
): Promise<{ url: string; cuts: () => number; close: () => Promise<void> }> {
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const left = cut()
    const end = () => {
      near.destroy()
      far.destroy()
    }
    const pass = (from: Socket, to: Socket, way: 'up' | 'down') =>
      from.on('data', (bytes: Buffer) => {
        if (bytes.length <= left[way]) {
          left[way] -= bytes.length
          to.write(bytes)
          return
        }
        cuts++
        to.write(bytes.subarray(0, left[way]), end)
        left[way] = 0
      })
    pass(near, far, 'up')
    pass(far, near, 'down')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        open.delete(socket)
        end()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
