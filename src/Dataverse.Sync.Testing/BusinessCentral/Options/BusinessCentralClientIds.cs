namespace Dataverse.Sync.Testing;

/// <summary>What happens to an <c>id</c> in the body of a POST.</summary>
public enum BusinessCentralClientIds
{
    /// <summary>400 <c>BadRequest_InvalidOperation</c>, as for any read-only property.</summary>
    Refuse,

    /// <summary>The record gets another id.</summary>
    Ignore,

    /// <summary>The record gets this id.</summary>
    Keep,
}
