using System.Globalization;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>What users do on both sides between two runs.</summary>
internal static class CustomerEdits
{
    /// <summary>Edits every other customer, and the accounts of those between them, so that no pair is changed on both sides.</summary>
    public static void Make(LocalCompany local, DataverseEmulator integration, int half)
    {
        var customers = local.Emulator.Table(LocalCompany.CustomerSet, local.Company.Id);
        var accounts = integration.Table("account");
        var accountOf = accounts.Rows.ToDictionary(row => (string)row["name"]!, row => row.Id);
        var step = local.Customers.Count / (2 * half);
        for (var edit = 0; edit < half; edit++)
        {
            var (number, other) = (2 * edit * step, ((2 * edit) + 1) * step);
            _ = customers.Update(local.Customers[number], new JsonObject { ["phoneNumber"] = string.Create(CultureInfo.InvariantCulture, $"+44 1865 {edit:D7}") });
            var name = (string)customers.Get(local.Customers[other])!["displayName"]!;
            _ = accounts.Update(accountOf[name], ("telephone1", string.Create(CultureInfo.InvariantCulture, $"+44 1223 {edit:D7}")));
        }
    }
}
