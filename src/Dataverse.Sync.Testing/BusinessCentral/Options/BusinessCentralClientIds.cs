namespace Dataverse.Sync.Testing;

/// <summary>The treatment of an <c>id</c> in the body of a POST.</summary>
public enum BusinessCentralClientIds
{
    /// <summary>
    /// The request is refused like any write to a read-only property: 400 <c>BadRequest_InvalidOperation</c>.
    /// </summary>
    Refuse,

    /// <summary>The record receives another id.</summary>
    Ignore,

    /// <summary>The record receives this id.</summary>
    Keep,
}
