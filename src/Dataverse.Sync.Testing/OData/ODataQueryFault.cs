namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Why a query was refused; the servers answer with different codes.</summary>
internal enum ODataQueryFault
{
    /// <summary>The text is no OData.</summary>
    Syntax,

    /// <summary>A property that the type does not have.</summary>
    UnknownProperty,

    /// <summary>A query option that the grammar does not know.</summary>
    UnknownOption,

    /// <summary>OData, but outside what the emulated server understands.</summary>
    NotSupported,

    /// <summary>More nested or chained conditions than the parser follows, about 800.</summary>
    TooComplex,
}
