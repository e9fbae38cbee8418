namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The reason why a query was refused. The services use different codes.</summary>
internal enum ODataQueryFault
{
    /// <summary>The text is not valid OData.</summary>
    Syntax,

    /// <summary>The type has no such property.</summary>
    UnknownProperty,

    /// <summary>The query option is unknown.</summary>
    UnknownOption,

    /// <summary>The query is valid OData, but the emulated service does not support it.</summary>
    NotSupported,

    /// <summary>The query has more nested or chained conditions than the parser allows, about 800.</summary>
    TooComplex,
}
