namespace Dataverse.Sync.Testing;

/// <summary>A row of the table of post codes, from which entered addresses are completed.</summary>
/// <param name="Code">Post code, up to 20.</param>
/// <param name="City">City, up to 30.</param>
/// <param name="County">County, which the API calls state, up to 30.</param>
/// <param name="Country">Country code, up to 10.</param>
public sealed record BusinessCentralPostCode(string Code, string City, string County, string Country);
