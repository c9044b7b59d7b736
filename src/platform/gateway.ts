import { askOutside, OutsideError } from './outside.ts'

/** The channels that a gateway carries. */
export type Channel = 'sms' | 'whatsapp'
/** A message to a telephone. `id` stays the same however often it is tried: the gateway sends each id once. */
export type Outgoing = { id: string; channel: Channel; to: string; text: string }
/** What became of handing it over. `refused`: trying again would not help. */
export type Handed =
  | { state: 'sent' | 'delivered'; receipt: string }
  | { state: 'failed'; refused: boolean; why: string }
/** Whatever carries messages to telephones. */
export type Gateway = { send: (message: Outgoing) => Promise<Handed> }

/** Stands in for a gateway where nothing may leave the machine: every telephone is at hand and on. */
export const standIn: Gateway = { send: async ({ id }) => ({ state: 'delivered', receipt: `stand-in:${id}` }) }

/**
 * A gateway that takes `POST {id, channel, to, text}` with a bearer token: any 2xx is "sent", and the answer may name it
 * (`{"receipt": "…"}`). 4xx is a refusal, but for 408, 409, 425 and 429, after which it is tried again as after any 5xx.
 */
export function httpGateway(address: string, token: string): Gateway {
  return {
    send: async (message) => {
      try {
        const { status, body } = await askOutside(address, {
          method: 'POST',
          body: JSON.stringify(message),
          headers: { authorization: `Bearer ${token}`, 'idempotency-key': message.id },
          most: 4_000,
          seconds: 10,
        })
        if (status >= 200 && status < 300)
          return { state: 'sent', receipt: receiptIn(new TextDecoder().decode(body)) ?? message.id }
        const again = status < 400 || status >= 500 || [408, 409, 425, 429].includes(status)
        return { state: 'failed', refused: !again, why: `status ${status}` }
      } catch (error) {
        return { state: 'failed', refused: false, why: error instanceof OutsideError ? error.reason : 'error' }
      }
    },
  }
}

function receiptIn(text: string): string | undefined {
  try {
    const { receipt } = JSON.parse(text) as { receipt?: unknown }
    return typeof receipt === 'string' && receipt.length <= 200 ? receipt : undefined
  } catch {
    return undefined
  }
}

/** The gateway of this installation (MESSAGE_GATEWAY_URL, MESSAGE_GATEWAY_TOKEN), if there is one. */
export function gatewayOf(env: NodeJS.ProcessEnv = process.env): Gateway | undefined {
  const { MESSAGE_GATEWAY_URL: address, MESSAGE_GATEWAY_TOKEN: token = '' } = env
  return address ? httpGateway(address, token) : undefined
}
