import type { FastifyInstance } from 'fastify';
import type { Role } from '../../shared/domain/rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { collegesWithRole, personOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { reconcileFees } from '../services/reconcile-fees.ts';
import { bearerOf, sendText } from './answer.ts';
import { rupeesJson } from './api-json.ts';
import { zFeeReconciliation, zFeeReconciliationAnswer } from './api-shapes.ts';

const tellers: readonly Role[] = ['college_accounts_admin', 'super_accountant'];

/** What the fee portal says of a month's collections (001 section 1.4). The same said again is answered with what is there. */
export function feeRoutes(http: FastifyInstance, context: ServerContext): void {
  http.post('/api/v1/reconciliation/fees', async (request, reply) => {
    const person = unwrap(await personOfToken(context, bearerOf(request)));
    const allowed = unwrap(collegesWithRole(person, tellers));
    const told = read(zFeeReconciliation, request.body);
    if (!allowed.includes(told.college_id)) throw new MunimError('NOT_FOUND', { what: 'college' });
    const kept = await reconcileFees(context, told.college_id, person.personId, {
      month: told.period,
      bankAccountId: told.bank_account_id,
      collectionsPaise: told.fee_collections_total,
      depositsPaise: told.bank_deposits_total,
      status: told.reconciliation_status,
      discrepancies: told.discrepancies,
    });
    const answer = zFeeReconciliationAnswer.parse({
      reconciliation_id: kept.id,
      status: kept.status === 'matched' ? 'completed' : 'discrepancies',
      verified_at: new Date(kept.verifiedAt).toISOString(),
    });
    return sendText(reply.code(201), rupeesJson(answer));
  });
}
