import type { Counts, Difference, ElectionPackage, Line } from '../format/index.ts'
import type { Queue, Stage } from '../net/index.ts'

export type Joined = {
  readonly device: string
  readonly as: 'desk' | 'booth'
  readonly number: number
  readonly key: string
  readonly mobile?: true
  /** Why it takes no voters any more. What it holds is still wanted. */
  readonly stopped?: string
  /** Two officers have compared its closing numbers with the station's. */
  readonly complete?: Counts
}

/** Everything about the day that the station's log says. A restart reads the log and is where it was (R53). */
export type StationState = {
  readonly stage: Stage
  readonly devices: readonly Joined[]
  /** hashOf the zero report's text. */
  readonly zero?: string
  /** Local closing time, as extended. */
  readonly until: string
  readonly extensions: number
  /** Closed at the closing hour, until an extension opens it again. */
  readonly queue?: Queue
  readonly heads: readonly { readonly counts: Counts; readonly commitment: string; readonly step: string }[]
  readonly closed?: Counts
  /** By law: what two officers wrote up, of the numbers as they were. */
  readonly differences: readonly Difference[]
  readonly reconciled?: { readonly hash: string; readonly holds: boolean }
  /** hashOf the encrypted tally's text, once announced: nothing changes the box any more. */
  readonly tally?: string
  readonly decrypted: readonly number[]
  /** hashOf each version's text. */
  readonly results: readonly string[]
  readonly objections: number
  readonly handedOver: readonly { readonly how: 'network' | 'usb' | 'qr'; readonly hash: string }[]
}

export const stationName = 'station'

/** Folds the station's own log. */
export function stateOf(lines: readonly Line[], { rules }: Pick<ElectionPackage, 'rules'>): StationState {
  let state: StationState = {
    stage: 'preparing',
    devices: [],
    until: rules.closes,
    extensions: 0,
    heads: [],
    differences: [],
    decrypted: [],
    results: [],
    objections: 0,
    handedOver: [],
  }
  const change = (more: Partial<StationState>) => {
    state = { ...state, ...more }
  }
  const ofDevice = (name: string, more: Partial<Joined>) =>
    change({ devices: state.devices.map((each) => (each.device === name ? { ...each, ...more } : each)) })
  for (const { act, step } of lines) {
    switch (act.kind) {
      case 'device-joined': {
        const { kind: _, ...device } = act
        change({ devices: [...state.devices.filter((each) => each.device !== device.device), device] })
        break
      }
      case 'device-stopped':
        ofDevice(act.device, { stopped: act.reason })
        break
      case 'zero-report':
        change({ zero: act.hash })
        break
      case 'polls-opened':
      case 'polls-resumed':
        change({ stage: 'open' })
        break
      case 'polls-paused':
        change({ stage: 'paused' })
        break
      case 'polls-extended': {
        const { queue: _, ...rest } = state
        state = { ...rest, until: act.until, extensions: state.extensions + 1 }
        break
      }
      case 'queue-closed':
        change({ queue: { standing: act.standing, round: state.extensions + 1 } })
        break
      case 'head':
        change({ heads: [...state.heads, { counts: act.counts, commitment: act.commitment, step }] })
        break
      case 'polls-closed':
        change({ stage: 'closed', closed: act.counts })
        break
      case 'box-imported':
        ofDevice(act.device, { complete: act.counts })
        break
      case 'difference-explained': {
        const { kind: _, ...difference } = act
        change({ differences: [...state.differences.filter(({ law }) => law !== act.law), difference] })
        break
      }
      case 'reconciled':
        change({ reconciled: { hash: act.hash, holds: act.holds } })
        break
      case 'tally-announced':
        change({ tally: act.tally })
        break
      case 'decrypted':
        change({ decrypted: [...new Set([...state.decrypted, act.owner])].sort((a, b) => a - b) })
        break
      case 'result':
        change({ results: [...state.results, act.hash] })
        break
      case 'objection':
        change({ objections: state.objections + 1 })
        break
      case 'handed-over':
        change({ handedOver: [...state.handedOver, { how: act.how, hash: act.hash }] })
        break
      default:
        break
    }
  }
  return state
}
