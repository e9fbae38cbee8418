namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Unlike a customer, a vendor may have a blank name.</summary>
internal sealed class VendorRules() : TradeRules("Vendor", "balance");
