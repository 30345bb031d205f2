// The door of exports and imports of companies.
export { exportCompany } from './export-company.ts';
export { openCompany } from './import-company.ts';
export { type TransferJobParts, transferJobs } from './jobs.ts';
export { transfersRouter } from './router.ts';
export { addTransfer, exportResult, forgetCutOff, runImport, type TransferDb } from './transfers.ts';
