export const evaluateTrainTicket = (): undefined => undefined;
export const trainTicketTable = (_: undefined): string => "";
