import type { ElectionPackage } from '../format/index.ts'
import { refuseSimulated } from '../media/switches.ts'
import { openDevicePrinter } from './device.ts'
import type { Printer } from './printer.ts'
import { openSimulatedPrinter } from './simulated.ts'

/**
 * What `--printer` names: `sim:FOLDER`, a simulated printer whose paper lies in a folder, or a device file such as /dev/usb/lp0. Throws
 * SwitchesRefused for a simulated one in a real election.
 */
export function printerOf(named: string, content: Pick<ElectionPackage, 'mode' | 'centre'>): Printer {
  refuseSimulated(named, content)
  return named.startsWith('sim:') ? openSimulatedPrinter({ folder: named.slice(4) }) : openDevicePrinter(named)
}
