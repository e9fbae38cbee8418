namespace Dataverse.Sync.Http;

/// <summary>What a service's own code and text say about an error, beyond what its status says.</summary>
[Flags]
internal enum ErrorMeaning
{
    /// <summary>Nothing: the status decides.</summary>
    None = 0,

    /// <summary>
    /// The error passes by itself, such as a deadlock. Whether the work was done is unknown: the service may have
    /// committed a part of it before.
    /// </summary>
    Passing = 1,

    /// <summary>The error contradicts the definition of the table as it was read last.</summary>
    ContradictsSchema = 2,
}
