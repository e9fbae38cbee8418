namespace Dataverse.Sync.Testing;

/// <summary>A row of the post code table, from which Business Central completes addresses.</summary>
/// <param name="Code">The post code, up to 20 characters.</param>
/// <param name="City">The city, up to 30 characters.</param>
/// <param name="County">The county, which the API calls state, up to 30 characters.</param>
/// <param name="Country">The country code, up to 10 characters.</param>
public sealed record BusinessCentralPostCode(string Code, string City, string County, string Country);
