"""Bills in GPO's BILLSTATUS XML."""
