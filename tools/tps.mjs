import { install, runWithPinnedNode } from './install.mjs'

install()
runWithPinnedNode('packages/polling/src/main.ts', process.argv.slice(2))
