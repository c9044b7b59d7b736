import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { account } from './account.tsx'
import { agencies } from './agencies.tsx'
import { invitations } from './invitations.tsx'
import { regions } from './regions.tsx'

export const routes = new Hono<Env>()
for (const part of [account, invitations, regions, agencies]) routes.route('/', part)
