import type { FastifyInstance } from 'fastify';
import { gstOnInvoice, totalTax } from '../../shared/domain/tax/gst.ts';
import { personOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { bearerOf, sendText } from './answer.ts';
import { rupeesJson } from './api-json.ts';
import { zGstCalculation, zGstCalculationAnswer } from './api-shapes.ts';

/** What the portals of a group ask about taxes (001 section 2.3); nothing here changes anything. */
export function taxRoutes(http: FastifyInstance, context: ServerContext): void {
  http.post('/api/v1/gst/calculate', async (request, reply) => {
    unwrap(await personOfToken(context, bearerOf(request)));
    const asked = read(zGstCalculation, request.body);
    const line = {
      paise: asked.amount,
      isInclusive: asked.include_tax,
      basisPoints: asked.gst_rate,
      cessBasisPoints: 0n,
    };
    const { taxablePaise, taxes, totalPaise } = gstOnInvoice([line], asked.inter_state ? 'inter' : 'intra');
    const answer = zGstCalculationAnswer.parse({
      taxable_amount: taxablePaise,
      cgst: taxes.cgstPaise,
      sgst: taxes.sgstPaise,
      igst: taxes.igstPaise,
      total_gst: totalTax(taxes),
      total_amount: totalPaise,
    });
    return sendText(reply, rupeesJson(answer));
  });
}
