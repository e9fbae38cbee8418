namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What users may do, as the messages about privileges tell it.</summary>
internal static class PrincipalRights
{
    /// <exception cref="DataverseErrorException">The caller may not read users, or the principal does not exist.</exception>
    public static void Require(DataverseSession session, DataverseTableSchema table, Guid principal)
    {
        if (!session.Security.CanReadUsers)
        {
            throw new DataverseErrorException(
                403, "0x80040220", $"Principal user (Id={session.Caller.User}, type=8) is missing prvReadUser privilege.");
        }

        if (session.State.Find(table.LogicalName, principal) is null)
        {
            throw DataverseErrors.RowMissing(table, principal);
        }
    }

    /// <summary>
    /// The privileges of a user: id, name, and whether it is local. A role reaches the organization, unless rows of the
    /// table are hidden.
    /// </summary>
    /// <exception cref="DataverseErrorException">The caller may not read users, or the user does not exist.</exception>
    public static IEnumerable<(Guid Id, string Name, bool IsLocal)> PrivilegesOf(
        DataverseSession session, Guid user, DataverseWriteRules rules)
    {
        Require(session, session.Store.Schema["systemuser"], user);
        return from table in session.Store.Schema.Tables
               from type in Enum.GetValues<DataversePrivilege>()
               where rules.Allows(table.LogicalName, type)
               select (
                   MetadataBuilder.PrivilegeId(table, type),
                   MetadataBuilder.PrivilegeName(table, type),
                   session.Security.IsLimited(table.LogicalName));
    }
}
