namespace Dataverse.Sync;

/// <summary>Specifies how a system stores the members of an enumeration.</summary>
public enum EnumForm
{
    /// <summary>As the number of the member, like the choices of Dataverse.</summary>
    Number,

    /// <summary>
    /// As the name of the member, or as its <see cref="System.Runtime.Serialization.EnumMemberAttribute"/> if it has one,
    /// like the enumerations of Business Central.
    /// </summary>
    Name,
}
