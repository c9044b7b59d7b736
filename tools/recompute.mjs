import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('tools/recompute.ts', process.argv.slice(2))
