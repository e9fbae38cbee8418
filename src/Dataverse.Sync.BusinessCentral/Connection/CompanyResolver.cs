using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Finds the configured company among those of the environment.</summary>
internal static class CompanyResolver
{
    private const string Operation = "read the companies";

    private static readonly RecordShape Shape = new(
        new RecordLayout("companies", ["name", "displayName"]),
        [new("id", JsonFields.Identifier, role: RecordRole.Id), new("name", JsonFields.Text, 0), new("displayName", JsonFields.Text, 1)]);

    /// <exception cref="ConnectorException">There is no such company, or several are called so.</exception>
    public static async Task<Company> ResolveAsync(ServiceConnection service, CancellationToken cancellationToken) =>
        (await ReadAsync(service, cancellationToken).ConfigureAwait(false)).Company;

    /// <summary>Finds the company, and the time that the service shows.</summary>
    /// <exception cref="ConnectorException">There is no such company, or several are called so.</exception>
    public static async Task<(Company Company, DateTimeOffset? Time)> ReadAsync(
        ServiceConnection service, CancellationToken cancellationToken)
    {
        DateTimeOffset? time = null;
        var companies = new List<Company>();
        var address = service.Addresses.Absolute(service.Addresses.Root(null), "companies", ("$select", "id,name,displayName"));
        var pages = PageWalker.WalkAsync(
            address,
            service.ChainOf(Operation),
            (next, token) => service.ReadPageAsync(next, Operation, Shape, [], token),
            cancellationToken);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            time = page.ServiceTime ?? time;
            companies.AddRange(page.Records.Select(row => new Company(row.Id, row[0].AsText(), row[1].AsText())));
        }

        return (Pick(companies, service.ConfiguredCompany), time);
    }

    private static Company Pick(List<Company> companies, string wanted)
    {
        if (Guid.TryParse(wanted, out var id))
        {
            return companies.Find(company => company.Id == id)
                ?? throw Failure(ConnectorFailure.NotFound, $"there is no company '{wanted}'");
        }

        // The technical name is unique; display names need not be.
        var named = companies.Find(company => string.Equals(company.Name, wanted, StringComparison.OrdinalIgnoreCase));
        return named ?? companies.FindAll(company => company.IsCalled(wanted)) switch
        {
            [var single] => single,
            [] => throw Failure(ConnectorFailure.NotFound, $"there is no company '{wanted}'"),
            _ => throw Failure(ConnectorFailure.Refused, $"several companies are called '{wanted}'; give the id"),
        };
    }

    private static ConnectorException Failure(ConnectorFailure failure, string text) =>
        new(ServiceConnection.SystemName, failure, $"Business Central: {text}.");
}
