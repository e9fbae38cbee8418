using System.Globalization;
using System.Text.Json;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>An emulated Business Central with one company of many customers.</summary>
/// <remarks>
/// Customers are loaded past HTTP. Their stamps lie a minute apart and end yesterday, as those of a company that people work in: were all
/// of them of this moment, the overlap of the change feed would deliver the whole table again and again. Every customer has a salesperson,
/// who becomes the owner of the account.
/// </remarks>
internal sealed class LocalCompany : IAsyncDisposable
{
    public const string CustomerSet = "customers";

    /// <summary>The e-mail address of the one salesperson, who is the person of a new emulated Dataverse.</summary>
    public const string SalespersonEmail = "person@emulator.example";

    // The base currency of a new emulated Dataverse.
    private const string Currency = "USD";
    private const string Salesperson = "EP";

    private LocalCompany(BusinessCentralEmulator emulator, BusinessCentralCompany company, IReadOnlyList<Guid> customers) =>
        (Emulator, Company, Customers) = (emulator, company, customers);

    public BusinessCentralEmulator Emulator { get; }

    public BusinessCentralCompany Company { get; }

    /// <summary>The ids of the customers in the order of their numbers.</summary>
    public IReadOnlyList<Guid> Customers { get; }

    /// <summary>Starts an emulator and loads customers into it.</summary>
    public static async Task<LocalCompany> StartAsync(int customers, CancellationToken cancellationToken)
    {
        var emulator = await BusinessCentralEmulator.StartAsync(cancellationToken: cancellationToken);
        var company = emulator.AddCompany("Benchmark", Currency);
        _ = emulator.Table("salespeoplePurchasers", company.Id).Insert(new() { ["code"] = Salesperson, ["displayName"] = "Emulator Person", ["email"] = SalespersonEmail });
        using var folder = new TemporaryFolder();
        Guid[] ids = [.. Enumerable.Range(0, customers).Select(number => NumberedId.Of(SyncSide.Local, number))];
        await using (var file = File.Create(folder.File(CustomerSet + ".json")))
        {
            WriteCustomers(file, ids);
        }

        await emulator.LoadAsync(folder.Path, company.Id, cancellationToken);
        return new(emulator, company, ids);
    }

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();

    private static void WriteCustomers(Stream output, Guid[] ids)
    {
        using var writer = new Utf8JsonWriter(output);
        var newest = DateTimeOffset.UtcNow.AddDays(-1);
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        for (var number = 0; number < ids.Length; number++)
        {
            WriteCustomer(writer, ids[number], number, newest.AddMinutes(number - ids.Length));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCustomer(Utf8JsonWriter writer, Guid id, int number, DateTimeOffset modifiedOn)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("number", string.Create(CultureInfo.InvariantCulture, $"C{number:D7}"));
        writer.WriteString("displayName", string.Create(CultureInfo.InvariantCulture, $"Customer {number:D7} Trading Limited"));
        writer.WriteString("addressLine1", string.Create(CultureInfo.InvariantCulture, $"{number % 500} West Peachtree Street"));
        writer.WriteString("addressLine2", string.Create(CultureInfo.InvariantCulture, $"Building {number % 50}"));
        writer.WriteString("city", string.Create(CultureInfo.InvariantCulture, $"Market Town {number % 200}"));
        writer.WriteString("state", string.Create(CultureInfo.InvariantCulture, $"County {number % 40}"));
        writer.WriteString("country", "GB");
        writer.WriteString("postalCode", string.Create(CultureInfo.InvariantCulture, $"AB{number % 90} 3CD"));
        writer.WriteString("phoneNumber", string.Create(CultureInfo.InvariantCulture, $"+44 1632 {number:D7}"));
        writer.WriteString("email", string.Create(CultureInfo.InvariantCulture, $"accounts.{number:D7}@customer.example"));
        writer.WriteString("website", string.Create(CultureInfo.InvariantCulture, $"https://www.customer-{number:D7}.example"));
        writer.WriteString("salespersonCode", Salesperson);
        writer.WriteNumber("creditLimit", number % 100 * 1_000m);
        writer.WriteString("blocked", "_x0020_");
        writer.WriteString("lastModifiedDateTime", modifiedOn);
        writer.WriteEndObject();
    }
}
