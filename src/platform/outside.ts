import { lookup } from 'node:dns'
import { request as plainRequest } from 'node:http'
import { request } from 'node:https'
import { BlockList, isIP } from 'node:net'

/**
 * The one way out to addresses that somebody typed or sent us: https only, to machines of the public internet only, no
 * redirects, a limit on size and on time. The name is resolved here and the connection made to exactly what was looked
 * at, so a name that changes its mind between two look-ups leads nowhere.
 */
export type Answer = { status: number; body: Uint8Array }
export type Unreachable = 'address-not-allowed' | 'no-answer' | 'answer-too-large'
export class OutsideError extends Error {
  readonly reason: Unreachable
  constructor(reason: Unreachable) {
    super(reason)
    this.reason = reason
  }
}

let local = false
/** Set once at start: whether http://127.0.0.1 is allowed too, for the demo and for tests with several installations on one machine. */
export function allowLocal(allowed: boolean) {
  local = allowed
}

const closed = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, prefix, 'ipv4')
// Of IPv6 only what is given out to the world (2000::/3), and there neither examples nor tunnels that hide an IPv4 address.
const given = new BlockList()
given.addSubnet('2000::', 3, 'ipv6')
const tunnels = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  tunnels.addSubnet(net, prefix, 'ipv6')

/** Whether this is the address of a machine on the public internet. */
export function isPublicAddress(ip: string): boolean {
  const family = isIP(ip)
  if (family === 4) return !closed.check(ip, 'ipv4')
  return family === 6 && given.check(ip, 'ipv6') && !tunnels.check(ip, 'ipv6')
}

/** Whether we would go to this address at all, as far as can be told without asking for its name. */
export function mayReach(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if (username || password) return false
  if (local && protocol === 'http:' && hostname === '127.0.0.1') return true
  if (protocol !== 'https:') return false
  const name = hostname.replace(/^\[|\]$/g, '')
  return isIP(name) ? isPublicAddress(name) : /\./.test(name)
}

/** Ask an address outside. Throws `OutsideError`; any status is an answer. `most` in bytes, `seconds` for the whole. */
export function askOutside(
  address: string,
  {
    method = 'GET',
    body,
    type,
    headers = {},
    most,
    seconds,
  }: {
    method?: 'GET' | 'POST'
    body?: string
    type?: string
    /** What else is said with it: a signature, a token. */
    headers?: Record<string, string>
    most: number
    seconds: number
  },
): Promise<Answer> {
  if (!mayReach(address)) return Promise.reject(new OutsideError('address-not-allowed'))
  const url = new URL(address)
  const ask = url.protocol === 'https:' ? request : plainRequest
  return new Promise((done, failed) => {
    const fail = (reason: Unreachable) => failed(new OutsideError(reason))
    const asking = ask(
      url,
      {
        method,
        headers: {
          'user-agent': 'melayani',
          accept: '*/*',
          ...headers,
          ...(body !== undefined && {
            'content-type': type ?? 'application/json',
            'content-length': Buffer.byteLength(body),
          }),
        },
        lookup: (name, { all }, found) =>
          lookup(name, { all: true }, (error, addresses) => {
            const bad = !error && addresses.some((each) => !isPublicAddress(each.address))
            if (error || bad || addresses.length === 0)
              return (found as (error: Error) => void)(
                bad ? new OutsideError('address-not-allowed') : (error ?? new Error('no address')),
              )
            // Node asks for one address or for all of them, as it needs.
            if (all) (found as unknown as (error: null, all: typeof addresses) => void)(null, addresses)
            else found(null, addresses[0]!.address, addresses[0]!.family)
          }),
        signal: AbortSignal.timeout(seconds * 1000),
      },
      (answer) => {
        const parts: Buffer[] = []
        let size = 0
        answer.on('data', (part: Buffer) => {
          size += part.length
          if (size <= most) parts.push(part)
          else {
            fail('answer-too-large')
            asking.destroy()
          }
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: new Uint8Array(Buffer.concat(parts)) }))
        answer.on('error', () => fail('no-answer'))
      },
    )
    asking.on('error', (error) => fail(error instanceof OutsideError ? error.reason : 'no-answer'))
    asking.end(body)
  })
}
