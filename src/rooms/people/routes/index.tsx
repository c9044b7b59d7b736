import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { account } from './account.tsx'
import { agencies } from './agencies.tsx'
import { audit } from './audit.tsx'
import { factor } from './factor.tsx'
import { imports } from './import.tsx'
import { invitations } from './invitations.tsx'
import { regions } from './regions.tsx'
import { reset } from './reset.tsx'

export const routes = new Hono<Env>()
for (const part of [account, reset, factor, invitations, regions, imports, audit, agencies]) routes.route('/', part)
