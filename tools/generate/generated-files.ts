import { connectorRegistry, emulatorRegistry } from './connector-registry.ts';
import { connectorsPage } from './connectors-page.ts';
import { errorsPage } from './errors-page.ts';
import { gstRulesModule } from './gst-rules.ts';
import { salaryRulesModule } from './salary-rules.ts';
import { taxCalendarModule } from './tax-calendar.ts';
import { tdsRulesModule } from './tds-rules.ts';
import { wsdlModule } from './wsdl-module.ts';

/** Every file that is made from others, by its path in the project. A test compares them with what lies there. */
export const generatedFiles: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/errors.md': errorsPage,
  'shared/connectors/bank/sbi/wsdl.gen.ts': () => wsdlModule('sbi'),
  'docs/connectors.md': connectorsPage,
  'shared/connectors/registry.gen.ts': connectorRegistry,
  'shared/domain/tax/calendar.gen.ts': () => taxCalendarModule(),
  'shared/domain/tax/gst-rules.gen.ts': () => gstRulesModule(),
  'shared/domain/tax/salary-rules.gen.ts': () => salaryRulesModule(),
  'shared/domain/tax/tds-rules.gen.ts': () => tdsRulesModule(),
  'tools/sandbox/emulators.gen.ts': emulatorRegistry,
};
