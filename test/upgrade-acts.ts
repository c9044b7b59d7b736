import { adoptImprovement } from '../src/rooms/services/actions/improvement.ts'
import { installLocal } from '../src/rooms/services/actions/local.ts'
import { installPackage } from '../src/rooms/services/actions/service.ts'
import { beginUpgrade, installUpgrade, undoUpgrade } from '../src/rooms/services/actions/upgrade.ts'
import { inFiles, small } from './packages.ts'

const same = (raw: unknown) => raw
const sealed = (raw: unknown) => ({ sealed: new Uint8Array(Buffer.from(raw as string, 'base64')) })

/** Every act that changes which version runs, and how what it is given is made from JSON. */
export const acts = {
  install: { action: installPackage, input: () => ({ files: inFiles(small), unit: null }) },
  local: { action: installLocal, input: same },
  begin: { action: beginUpgrade, input: sealed },
  upgrade: { action: installUpgrade, input: same },
  undo: { action: undoUpgrade, input: same },
  adopt: { action: adoptImprovement, input: same },
} as const
export type ActName = keyof typeof acts
